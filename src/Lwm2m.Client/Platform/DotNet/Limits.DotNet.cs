namespace Lwm2m.Client;

public sealed partial class Limits
{
    /// <summary>The limits that suit this platform: <see cref="ForHost"/>.</summary>
    public static Limits Default() => ForHost();
}
