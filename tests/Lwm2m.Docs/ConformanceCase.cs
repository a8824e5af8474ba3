namespace Lwm2m.Docs;

/// <summary>One case of the OMA enabler test specifications, or a range of cases: a line of <c>ConformanceCases.txt</c>.</summary>
/// <param name="First">The number behind <c>LightweightM2M-VERSION-int-</c>, or the first of a range.</param>
/// <param name="Last">The last of a range; of a single case the same number.</param>
/// <param name="Since">The first LwM2M version that has it.</param>
/// <param name="Title">What it is about.</param>
/// <param name="Passes">What passes it.</param>
/// <param name="Reason">Why no test carries the id; empty where one must.</param>
public sealed record ConformanceCase(int First, int Last, string Since, string Title, string Passes, string Reason)
{
    public string Id => First == Last ? $"{First}" : $"{First}-{Last}";
}
