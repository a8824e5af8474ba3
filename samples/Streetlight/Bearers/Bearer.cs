using System;
using System.Threading.Tasks;
using Lwm2m.Client;

namespace Lwm2m.Samples.Streetlight;

/// <summary>What is between the lamp and its server. All of it is inside of the program.</summary>
internal abstract class Bearer : IAsyncDisposable
{
    /// <summary>The names for the command line.</summary>
    public static readonly string[] Names = ["udp", "tcp", "sms", "nidd"];

    /// <summary>What the lamp is to reach the server by.</summary>
    public abstract string Uri { get; }

    /// <summary>The letter in the binding.</summary>
    public abstract string Letter { get; }

    /// <summary>What went over the air so far.</summary>
    public abstract AirCount Air { get; }

    /// <summary>False where observations end with a connection.</summary>
    public virtual bool KeepsObservations => true;

    /// <summary>Makes a bearer to a server of this program.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="server">The server.</param>
    public static Bearer Make(string name, LocalServer server) => name switch
    {
        "tcp" => new TcpBearer(server),
        "sms" => new ModemBearer(server, isSms: true),
        "nidd" => new ModemBearer(server, isSms: false),
        _ => new UdpBearer(server),
    };

    /// <summary>Gives the client its transport.</summary>
    public abstract void Connect(Lwm2mClient client);

    /// <summary>The network is gone.</summary>
    public abstract void Lose();

    /// <summary>The network is back.</summary>
    public abstract void Restore();

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
