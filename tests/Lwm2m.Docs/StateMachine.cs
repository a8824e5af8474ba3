using System.Reflection;

namespace Lwm2m.Docs;

/// <summary>
/// A state machine of the client: a static class <c>XTable</c> with two methods over a state and an event, <c>Action</c> and
/// <c>Next</c>. The first action of its enum is the one that does nothing, the first state the one it starts in.
/// </summary>
public sealed class StateMachine
{
    private readonly MethodInfo _action;
    private readonly MethodInfo _next;

    private StateMachine(Type table, MethodInfo action, MethodInfo next)
    {
        Table = table;
        _action = action;
        _next = next;
        StateType = action.GetParameters()[0].ParameterType;
        EventType = action.GetParameters()[1].ParameterType;
        ActionType = action.ReturnType;
    }

    public Type Table { get; }

    public Type StateType { get; }

    public Type EventType { get; }

    public Type ActionType { get; }

    /// <summary>The machine's name: that of its table without the word.</summary>
    public string Name => Table.Name[..^"Table".Length];

    public IEnumerable<object> States => Enum.GetValues(StateType).Cast<object>();

    public IEnumerable<object> Events => Enum.GetValues(EventType).Cast<object>();

    /// <summary>Every machine of an assembly, by name.</summary>
    public static IEnumerable<StateMachine> In(Assembly assembly)
    {
        foreach (Type type in assembly.GetTypes().Where(t => t.Name.EndsWith("Table", StringComparison.Ordinal)).OrderBy(t => t.Name, StringComparer.Ordinal))
        {
            MethodInfo? action = OverStateAndEvent(type, "Action");
            MethodInfo? next = OverStateAndEvent(type, "Next");
            if (action != null && next != null)
                yield return new StateMachine(type, action, next);
        }
    }

    public object Action(object state, object happened) => _action.Invoke(null, [state, happened])!;

    public object Next(object state, object happened) => _next.Invoke(null, [state, happened])!;

    /// <summary>Whether the event means nothing in this state: nothing is done, and the state is kept.</summary>
    public bool IsIgnored(object state, object happened) =>
        Convert.ToInt32(Action(state, happened)) == 0 && Next(state, happened).Equals(state);

    private static MethodInfo? OverStateAndEvent(Type type, string name)
    {
        MethodInfo? method = type.GetMethod(name, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic);
        return method != null && method.ReturnType.IsEnum && method.GetParameters() is [{ ParameterType.IsEnum: true }, { ParameterType.IsEnum: true }] ? method : null;
    }
}
