namespace Lwm2m.NanoGate.Steps;

/// <summary>What woven code calls at the start of each block. For one measuring thread at a time.</summary>
public static class StepCounter
{
    private static long[] _stepsOf = new long[1024];
    private static long[] _callsOf = new long[1024];

    /// <summary>Instructions executed since the last <see cref="Reset"/>.</summary>
    public static long Total { get; private set; }

    /// <summary>Called by woven code: a block of <paramref name="steps"/> instructions of a method begins.</summary>
    public static void Add(int method, int steps)
    {
        Total += steps;
        _stepsOf[method] += steps;
    }

    /// <summary>Called by woven code: a method begins.</summary>
    public static void Enter(int method) => _callsOf[method]++;

    internal static void Reset()
    {
        Total = 0;
        Array.Clear(_stepsOf);
        Array.Clear(_callsOf);
    }

    internal static void Reserve(int methods)
    {
        if (methods > _stepsOf.Length)
        {
            Array.Resize(ref _stepsOf, methods * 2);
            Array.Resize(ref _callsOf, methods * 2);
        }
    }

    internal static long StepsOf(int method) => _stepsOf[method];

    internal static long CallsOf(int method) => _callsOf[method];
}
