using System.Collections.Generic;
using Lwm2m.Client.Tests.Engine;

namespace Lwm2m.Client.Tests.Access;

/// <summary>A bed with several servers: each speaks on the link of its account.</summary>
internal static class ServerTalk
{
    /// <summary>Starts and registers at all servers; answers the Register messages.</summary>
    public static List<string> RegisteredAtAll(this Bed bed)
    {
        bed.Client.Start();
        bed.Poll();
        List<string> registers = bed.Settle("ACK 2.01 location=rd/1");
        bed.Events.Lines.Clear();
        return registers;
    }

    /// <summary>A request of the server with this link, and the client's answer to it; what else the client sends is confirmed.</summary>
    public static string Ask(this Bed bed, int link, string line)
    {
        bed.Server(line, link);
        string answer = bed.Next();
        bed.Settle();
        return answer;
    }

    /// <summary>The code of the answer, such as 2.05.</summary>
    public static string Code(this Bed bed, int link, string line) => bed.Ask(link, line).Split(' ')[1];

    /// <summary>Answers each request of the client; gives back all that it sent.</summary>
    public static List<string> Settle(this Bed bed, string answer = "ACK 2.04")
    {
        var sent = new List<string>();
        while (bed.Wire.Sent.TryPeek(out (int Link, byte[] Datagram) next))
        {
            string line = bed.Next();
            sent.Add(next.Link + " " + line);
            if (line.StartsWith("CON POST", System.StringComparison.Ordinal))
                bed.Answer(answer, next.Link);
        }

        return sent;
    }
}
