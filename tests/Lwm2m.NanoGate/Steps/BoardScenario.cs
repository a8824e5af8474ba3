namespace Lwm2m.NanoGate.Steps;

/// <summary>
/// Something of the libraries that is brought into a state and then measured: its operations in steps, its objects in bytes.
/// Derive from it in an assembly that is loaded beside the woven libraries (see <see cref="StepMeter.LoadForBoard"/>).
/// </summary>
public abstract class BoardScenario
{
    /// <summary>Builds everything up to the state in which operations are measured. Not counted.</summary>
    /// <param name="isFull">
    /// False: the board's default limits, with little in the tables. True: large tables, filled to the brim, to see whether any
    /// operation's steps grow with them.
    /// </param>
    public abstract void Start(bool isFull);

    /// <summary>What is counted, in the order of the table. Each is prepared, run and checked in turn.</summary>
    public abstract IReadOnlyList<BoardOperation> Operations { get; }

    /// <summary>What the heap is measured from.</summary>
    public abstract IReadOnlyList<object> Roots { get; }

    /// <summary>True for objects that exist only because this is a test.</summary>
    public virtual bool IsFake(object item) => item is BoardScenario;

    /// <summary>True for libraries whose static fields count: those that such a board has on it.</summary>
    public virtual bool HasStaticsOf(string library) => library != "Lwm2m.Cellular";

    /// <summary>Most bytes that <see cref="Roots"/> may cost in the small state; 0 for no limit.</summary>
    public virtual int MaxHeapBytes => 0;

    /// <summary>
    /// What the small state can have one more of, such as a server, which is then priced by itself; empty for nothing.
    /// <see cref="StartWithOneMore"/> builds it.
    /// </summary>
    public virtual string OneMore => "";

    /// <summary>Most bytes that one more may cost; 0 for no limit.</summary>
    public virtual int MaxBytesOfOneMore => 0;

    /// <summary>Builds the small state with one more. Not counted.</summary>
    public virtual void StartWithOneMore() => throw new NotSupportedException();

    /// <summary>What the board has beside the objects that are reachable here, such as a thread: name and bytes.</summary>
    public virtual IReadOnlyList<(string Name, int Bytes)> Extras => [];
}
