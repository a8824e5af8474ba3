using System.Globalization;
using System.Text;
using Lwm2m.NanoGate.Heap;

namespace Lwm2m.NanoGate.Steps;

/// <summary>Heap and steps of a scenario, measured on the images that the gate compiled for the board.</summary>
public sealed class BoardMeasurement
{
    private BoardMeasurement(BoardHeapReport heap, BoardHeapGrowth? growth, int maxHeapBytes, IReadOnlyList<OperationSteps> operations)
    {
        Heap = heap;
        Growth = growth;
        MaxHeapBytes = maxHeapBytes;
        Operations = operations;
    }

    /// <summary>What the scenario's small state costs on the board's heap.</summary>
    public BoardHeapReport Heap { get; }

    /// <summary>Most bytes that it may cost; 0 for no limit.</summary>
    public int MaxHeapBytes { get; }

    /// <summary>What one more of something costs beyond that; null where the scenario has nothing of which there are several.</summary>
    public BoardHeapGrowth? Growth { get; }

    public IReadOnlyList<OperationSteps> Operations { get; }

    /// <summary>Measures one scenario, each state in a context of its own.</summary>
    /// <param name="assemblies">What the gate compiled without errors.</param>
    /// <param name="scenarioPath">Assembly that has the scenario, built against .NET's build of the same libraries.</param>
    /// <param name="scenarioType">Full name of a class derived from <see cref="BoardScenario"/>.</param>
    /// <exception cref="InvalidOperationException">An operation did not do what it should; its check says what.</exception>
    public static BoardMeasurement Of(IReadOnlyList<NanoAssembly> assemblies, string scenarioPath, string scenarioType)
    {
        ArgumentNullException.ThrowIfNull(assemblies);
        BoardHeapReport heap;
        BoardHeapGrowth? growth;
        int maxHeapBytes;
        List<(BoardOperation Operation, StepCount Count)> small;
        using (StepMeter meter = StepMeter.LoadForBoard(assemblies, [scenarioPath]))
        {
            BoardScenario scenario = Start(meter, scenarioPath, scenarioType, isFull: false);
            heap = Price(meter, assemblies, scenario);
            maxHeapBytes = scenario.MaxHeapBytes;
            small = Count(meter, scenario);
            (scenario as IDisposable)?.Dispose();
            growth = Grow(meter, assemblies, scenarioPath, scenarioType, heap);
        }

        using (StepMeter meter = StepMeter.LoadForBoard(assemblies, [scenarioPath]))
        {
            BoardScenario scenario = Start(meter, scenarioPath, scenarioType, isFull: true);
            List<(BoardOperation Operation, StepCount Count)> full = Count(meter, scenario);
            (scenario as IDisposable)?.Dispose();
            return new BoardMeasurement(heap, growth, maxHeapBytes, [.. small.Zip(full, (s, f) => new OperationSteps(s.Operation, s.Count, f.Count))]);
        }
    }

    /// <summary>Markdown: steps of each operation, with small and with full tables.</summary>
    public string RenderSteps()
    {
        StringBuilder text = new();
        text.AppendLine("| operation | steps | steps with full tables |");
        text.AppendLine("|---|--:|--:|");
        foreach (OperationSteps row in Operations)
            text.AppendLine(string.Create(CultureInfo.InvariantCulture, $"| {row.Operation.Name} | {row.Small.Total:N0} | {row.Full.Total:N0} |"));
        return text.ToString();
    }

    private static BoardHeapReport Price(StepMeter meter, IReadOnlyList<NanoAssembly> assemblies, BoardScenario scenario) =>
        BoardHeap.Measure([.. scenario.Roots], new BoardHeapOptions
        {
            StaticsOf = [.. assemblies.Where(a => scenario.HasStaticsOf(a.Name)).Select(a => meter.GetAssembly(a.Name))],
            Skip = scenario.IsFake,
            Extras = scenario.Extras,
        });

    private static BoardHeapGrowth? Grow(StepMeter meter, IReadOnlyList<NanoAssembly> assemblies, string path, string type, BoardHeapReport small)
    {
        BoardScenario scenario = meter.Create<BoardScenario>(Path.GetFileNameWithoutExtension(path), type);
        if (scenario.OneMore.Length == 0)
            return null;
        scenario.StartWithOneMore();
        BoardHeapGrowth growth = new(scenario.OneMore, small, Price(meter, assemblies, scenario), scenario.MaxBytesOfOneMore);
        (scenario as IDisposable)?.Dispose();
        return growth;
    }

    private static BoardScenario Start(StepMeter meter, string path, string type, bool isFull)
    {
        BoardScenario scenario = meter.Create<BoardScenario>(Path.GetFileNameWithoutExtension(path), type);
        scenario.Start(isFull);
        return scenario;
    }

    private static List<(BoardOperation Operation, StepCount Count)> Count(StepMeter meter, BoardScenario scenario)
    {
        List<(BoardOperation, StepCount)> counts = [];
        foreach (BoardOperation operation in scenario.Operations)
        {
            // The first run may do what is done once only, such as running static constructors, which a board does at start.
            StepCount? count = null;
            for (int round = 0; round < 2; round++)
            {
                operation.Prepare();
                count = meter.Run(operation.Run);
                if (operation.Check() is { } fault)
                    throw new InvalidOperationException($"{operation.Name}: {fault}");
            }

            counts.Add((operation, count!));
        }

        return counts;
    }
}
