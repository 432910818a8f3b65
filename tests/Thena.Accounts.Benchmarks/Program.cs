using BenchmarkDotNet.Running;
using Thena.Accounts.Benchmarks.Load;
using Thena.Accounts.Benchmarks.Peers;
using Thena.Accounts.Benchmarks.Soak;

namespace Thena.Accounts.Benchmarks;

/// <summary>Runs load tests or micro benchmarks.</summary>
internal static class BenchmarkProgram
{
    private static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case ["load", .. var options]:
                return await LoadCommand.RunAsync(options);
            case ["citus", var coordinator, .. var options]:
                return await CitusCommand.RunAsync(coordinator, options);
            case ["changes"]:
                return await ChangesCommand.RunAsync();
            case ["peers", .. var options]:
                return await PeersCommand.RunAsync(options);
            case ["builds", var program, .. var options]:
                return await BuildsCommand.RunAsync(program, options);
            case ["moving", .. var options]:
                return await MovingCommand.RunAsync(options);
            case ["soak", .. var options]:
                return await SoakCommand.RunAsync(options);
            case ["micro", .. var options]:
                BenchmarkSwitcher.FromAssembly(typeof(BenchmarkProgram).Assembly).Run(options.Length > 0 ? options : ["--filter", "*"]);
                return 0;
            case ["bare", var connectionString, var file, var port]:
                // The yardstick that `load` starts.
                await BareEndpoint.RunAsync(connectionString, file, port);
                return 0;
            default:
                await Console.Error.WriteLineAsync(
                    $"Usage: load [{string.Join('|', LoadCommand.CaseNames)}]… [--seconds N] [--rounds N] [--accounts N], citus COORDINATOR [growth-organizations] […], changes, peers [NAME]… [--seconds N] […], builds PROGRAM [CASE]… [--seconds N] […], moving [--contacts N], soak [--minutes N], or micro [OPTION…]");
                return 2;
        }
    }
}
