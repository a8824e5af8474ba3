namespace Lwm2m.Client;

public sealed partial class Lwm2mClient
{
    private static bool WantBootstrap(long nowMs) => false;
}
