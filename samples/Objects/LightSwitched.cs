namespace Lwm2m.Samples.Objects;

/// <summary>A light is to shine as its resources say now.</summary>
/// <param name="lights">The object.</param>
/// <param name="instance">The light.</param>
public delegate void LightSwitched(LightControl lights, int instance);
