using Lwm2m.Coap;

namespace Lwm2m.Simulation;

/// <summary>An observation as the server knows it, with the last value that reached it.</summary>
internal sealed class ServerObservation
{
    private int _sequence = -1;
    private long _heardMs;

    public ServerObservation(byte[] token, int instance, int resource, bool confirmable)
    {
        Token = token;
        Instance = instance;
        Resource = resource;
        IsConfirmable = confirmable;
    }

    public byte[] Token { get; }

    public int Instance { get; }

    /// <summary>The observed resource, or -1 for the whole instance.</summary>
    public int Resource { get; }

    /// <summary>Its notifications are confirmable: each change gets through in the end.</summary>
    public bool IsConfirmable { get; }

    /// <summary>The client confirmed it, and nothing ended it since.</summary>
    public bool IsActive { get; set; }

    /// <summary>What the server knows of /33000/instance/0.</summary>
    public long Value { get; private set; } = -1;

    public bool HasToken(CoapMessage message)
    {
        if (message.TokenLength != Token.Length)
            return false;
        for (int index = 0; index < Token.Length; index++)
            if (message.Buffer[message.TokenOffset + index] != Token[index])
                return false;
        return true;
    }

    /// <summary>Takes a value unless a newer one came before it (RFC 7641 3.4).</summary>
    public void Take(int sequence, long value, long nowMs)
    {
        if (_sequence >= 0 && !ObserveSequence.IsNewer(_sequence, _heardMs, sequence, nowMs))
            return;
        _sequence = sequence;
        _heardMs = nowMs;
        Value = value;
    }
}
