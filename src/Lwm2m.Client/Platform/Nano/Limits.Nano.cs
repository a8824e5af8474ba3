namespace Lwm2m.Client;

public sealed partial class Limits
{
    /// <summary>The limits that suit this platform: <see cref="ForBoard"/>.</summary>
    public static Limits Default() => ForBoard();
}
