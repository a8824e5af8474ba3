namespace Esp32;

/// <summary>What differs from board to board: fill it in before you build.</summary>
public static class Settings
{
    public const string Ssid = "your network";

    public const string Password = "its password";

    public const string Server = "coap://lwm2m.example.net";

    /// <summary>Unique at the server.</summary>
    public const string Endpoint = "urn:dev:os:32473-esp32-1";
}
