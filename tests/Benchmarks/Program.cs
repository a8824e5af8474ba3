using System;
using BenchmarkDotNet.Running;

namespace Lwm2m.Benchmarks;

/// <summary>
/// Run by hand, in Release:
/// <c>dotnet run -c Release --project tests/Benchmarks -- --filter '*'</c> for the micro benchmarks,
/// <c>... -- udp-loop PORT</c> for the bare loop that a client's requests per second are compared with.
/// </summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        if (args.Length == 2 && args[0] == "udp-loop")
            return UdpLoop.Run(int.Parse(args[1]));
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        return Environment.ExitCode;
    }
}
