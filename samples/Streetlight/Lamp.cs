using Lwm2m.Client;
using Lwm2m.Samples.Objects;

namespace Lwm2m.Samples.Streetlight;

/// <summary>The device: a lamp behind object 3311, and what it shows to whoever stands in the street.</summary>
internal sealed class Lamp : LightControl
{
    private readonly IStage _stage;
    private readonly bool _isComplete;

    public Lamp(IStage stage)
    {
        _stage = stage;
        Set(0, Dimmer, 100);
        Set(0, ApplicationType, "street light");
        _isComplete = true;
        Show();
    }

    /// <summary>Somebody presses the button at the pole: servers that observe it are told.</summary>
    public void PressButton() => Set(0, OnOff, !IsOn(0));

    /// <inheritdoc/>
    protected override void OnStored(int instance, int resource, int resourceInstance)
    {
        base.OnStored(instance, resource, resourceInstance);
        // The base class sets values while it is being made.
        if (_isComplete && resource is OnOff or Dimmer or Colour)
            Show();
    }

    private void Show()
    {
        GetInteger(0, Dimmer, out long percent);
        GetString(0, Colour, out string colour);
        _stage.Show(new LampState(IsOn(0), (int)percent, colour));
    }
}
