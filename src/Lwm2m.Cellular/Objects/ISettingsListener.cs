namespace Lwm2m.Cellular;

/// <summary>A port of the objects 10, 11 and 13: who acts on what servers and the application set there, such as <see cref="ModemObjects"/>.</summary>
public interface ISettingsListener
{
    /// <summary>A value was set that concerns the modem: do what it asks for soon, but not now, since further values of the same request may
    /// follow and its answer is not out yet. Called by the runner for a server's Write, else on the thread that set the value.</summary>
    /// <param name="objectId">10, 11 or 13.</param>
    /// <param name="instance">Object instance.</param>
    /// <param name="resource">Resource; -1 when the instance is gone.</param>
    void SettingChanged(int objectId, int instance, int resource);
}
