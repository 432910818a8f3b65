using Thena.Accounts.Api.Administration;

return await CommandLine.RunAsync(args);
