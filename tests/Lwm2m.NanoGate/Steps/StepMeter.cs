using System.Reflection;
using System.Runtime.Loader;

namespace Lwm2m.NanoGate.Steps;

/// <summary>
/// Counts the IL instructions that an operation executes: exact, the same in every run, and what an interpreter pays for.
/// <para>
/// Covered is all code of the woven assemblies, and nothing else: not the platform below (of which the board runs a part as native
/// code), and not the measuring scenario. A call of the platform counts as the one instruction it is.
/// </para>
/// <para>
/// Best woven is the very image that the gate compiled for the board (<see cref="LoadForBoard"/>): its references are pointed at .NET's
/// assemblies, its instructions are the board's.
/// </para>
/// </summary>
public sealed class StepMeter : IDisposable
{
    private readonly Context _context;
    private readonly IReadOnlyList<string> _methods;

    private StepMeter(Context context, IReadOnlyList<string> methods)
    {
        _context = context;
        _methods = methods;
        StepCounter.Reserve(methods.Count);
    }

    /// <summary>Weaves assemblies of .NET into a folder, under the names they have.</summary>
    /// <returns>Names of the woven methods, by the number that woven code counts them under.</returns>
    public static IReadOnlyList<string> Weave(IEnumerable<string> paths, string outputFolder)
    {
        StepWeaver weaver = new();
        Directory.CreateDirectory(outputFolder);
        foreach (string path in paths)
            File.WriteAllBytes(Path.Combine(outputFolder, Path.GetFileName(path)), weaver.Weave(File.ReadAllBytes(path), isForBoard: false));
        return weaver.Methods;
    }

    /// <summary>Weaves assemblies of .NET in memory and loads them into a context of their own.</summary>
    /// <param name="wovenPaths">Assemblies to count, compiled in release.</param>
    /// <param name="plainPaths">Assemblies of the scenario: loaded into the same context, so that they call the woven ones, but not counted.</param>
    public static StepMeter Load(IEnumerable<string> wovenPaths, IEnumerable<string> plainPaths) =>
        Load(wovenPaths.Select(File.ReadAllBytes), plainPaths, isForBoard: false);

    /// <summary>Weaves assemblies that the gate compiled for the board and loads them, with the scenario, into a context of their own.</summary>
    /// <param name="assemblies">What <see cref="Gate.Run"/> compiled without errors.</param>
    /// <param name="plainPaths">Assemblies of the scenario, compiled against the .NET build of the same libraries.</param>
    /// <exception cref="ArgumentException">One of the assemblies does not compile.</exception>
    public static StepMeter LoadForBoard(IEnumerable<NanoAssembly> assemblies, IEnumerable<string> plainPaths) =>
        Load(assemblies.Select(a => a.Image ?? throw new ArgumentException($"{a.Name} does not compile", nameof(assemblies))), plainPaths, isForBoard: true);

    /// <summary>An assembly of the measured context, such as the scenario's.</summary>
    public Assembly GetAssembly(string name) => _context.LoadFromAssemblyName(new AssemblyName(name));

    /// <summary>Makes an object of a type in the measured context.</summary>
    /// <typeparam name="T">A base type or interface from outside the context, such as one of this assembly.</typeparam>
    public T Create<T>(string assembly, string typeName) where T : class => (T)Activator.CreateInstance(GetAssembly(assembly).GetType(typeName, throwOnError: true)!)!;

    /// <summary>Counts one operation.</summary>
    public StepCount Run(Action operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        StepCounter.Reset();
        operation();
        long total = StepCounter.Total;
        return new StepCount(total, [.. Enumerable.Range(0, _methods.Count)
            .Where(i => StepCounter.StepsOf(i) > 0)
            .Select(i => (_methods[i], StepCounter.StepsOf(i), StepCounter.CallsOf(i)))
            .OrderByDescending(m => m.Item2).ThenBy(m => m.Item1, StringComparer.Ordinal)]);
    }

    public void Dispose() => _context.Unload();

    private static StepMeter Load(IEnumerable<byte[]> images, IEnumerable<string> plainPaths, bool isForBoard)
    {
        StepWeaver weaver = new();
        Context context = new([.. plainPaths]);
        foreach (byte[] image in images)
            context.Add(weaver.Weave(image, isForBoard));
        return new StepMeter(context, weaver.Methods);
    }

    private sealed class Context(string[] plainPaths) : AssemblyLoadContext("steps", isCollectible: true)
    {
        private readonly Dictionary<string, Assembly> _woven = new(StringComparer.Ordinal);

        public void Add(byte[] image)
        {
            Assembly assembly = LoadFromStream(new MemoryStream(image));
            _woven.Add(assembly.GetName().Name!, assembly);
        }

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            if (_woven.TryGetValue(assemblyName.Name!, out Assembly? woven))
                return woven;
            string? path = Array.Find(plainPaths, p => Path.GetFileNameWithoutExtension(p) == assemblyName.Name);
            return path == null ? null : LoadFromAssemblyPath(path);
        }
    }
}
