using Thena.Accounts.EmbeddedPostgres.Tests;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

// The entry point that xunit generates, plus one command.
return args is [ClusterProcess.Command, var directory] ? await ClusterProcess.HoldAsync(directory)
    : args.Contains("--server", StringComparer.Ordinal)
        ? await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
        : await ConsoleRunner.Run(args);
