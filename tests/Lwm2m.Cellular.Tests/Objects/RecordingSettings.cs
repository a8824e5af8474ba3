using System.Collections.Generic;

namespace Lwm2m.Cellular.Tests.Objects;

/// <summary>What a modem would be asked to do.</summary>
internal sealed class RecordingSettings : ISettingsListener
{
    public List<string> Lines { get; } = [];

    public void SettingChanged(int objectId, int instance, int resource) => Lines.Add($"/{objectId}/{instance}/{resource}");
}
