using NUnit.Framework;
using Lwm2m.Client.Tests.Engine;

namespace Lwm2m.Client.Tests.Conformance;

/// <summary>A test as a talk of two: what the server sends and gets back, what the client sends by itself and is answered.</summary>
internal static class Script
{
    /// <summary>A request of the server, and the answer that it must get.</summary>
    public static void Exchange(this Bed bed, string request, string answer) => Assert.That(bed.Ask(request), Is.EqualTo(answer), request);

    /// <summary>A command of the bootstrap server, and the answer that it must get.</summary>
    public static void Command(this Bed bed, string request, string answer) => Assert.That(bed.Command(request), Is.EqualTo(answer), request);

    /// <summary>What the client must send by itself next, and what the server answers; null for nothing.</summary>
    public static void Expect(this Bed bed, string message, string? answer = null)
    {
        Assert.That(bed.Next(), Is.EqualTo(message));
        if (answer != null)
            bed.Answer(answer, bed.LastLink);
    }

    /// <summary>The client has nothing more to say now.</summary>
    public static void ExpectSilence(this Bed bed) => Assert.That(bed.Next(), Is.EqualTo("-"));

    /// <summary>So many seconds later the client must have said nothing.</summary>
    public static void ExpectSilence(this Bed bed, double seconds)
    {
        bed.AdvanceSeconds(seconds);
        bed.ExpectSilence();
    }

    /// <summary>Starts and lets the client connect: its first message waits to be read.</summary>
    public static Bed Started(this Bed bed)
    {
        bed.Client.Start();
        bed.Poll();
        return bed;
    }
}
