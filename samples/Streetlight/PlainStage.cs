using System.IO;

namespace Lwm2m.Samples.Streetlight;

/// <summary>Each step as a line of text; each side has its own column.</summary>
internal sealed class PlainStage(TextWriter output) : IStage
{
    private readonly object _gate = new();
    private LampState? _shown;

    public void Say(Side side, string text)
    {
        lock (_gate)
            Write(side, text);
    }

    public void Show(LampState lamp)
    {
        lock (_gate)
        {
            if (lamp == _shown)
                return;
            _shown = lamp;
            Write(Side.Lamp, "is " + lamp);
        }
    }

    public void Dispose() => output.Flush();

    private void Write(Side side, string text)
    {
        output.WriteLine((side switch { Side.Lamp => "lamp   | ", Side.Server => "server | ", _ => "air    | " }) + text);
        output.Flush();
    }
}
