using Lwm2m.Client;
using Lwm2m.Samples.Objects;

namespace Lwm2m.Bearers.Tests;

/// <summary>Counts what was executed.</summary>
internal sealed class CountingTemperature : Temperature
{
    public CountingTemperature()
        : base(21.5)
    {
    }

    public int Executions { get; private set; }

    protected override Outcome Execute(int instance, int resource, ExecuteArguments arguments)
    {
        Executions++;
        return Outcome.Ok;
    }
}
