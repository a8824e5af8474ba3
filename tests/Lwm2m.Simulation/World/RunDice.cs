using Lwm2m.Coap;

namespace Lwm2m.Simulation;

/// <summary>
/// The random numbers of one run of the client. Its message ids lie in an eighth of their own: at random, two runs a few minutes apart would
/// use the same one now and then, which is a limit of CoAP (RFC 7252 4.4) and no fault of the client.
/// </summary>
internal sealed class RunDice : IRandom
{
    private const int Eighth = 0x2000;

    private readonly Dice _dice;
    private readonly int _run;

    public RunDice(ulong seed, int run)
    {
        _dice = new Dice(seed + (ulong)run);
        _run = run & 7;
    }

    public int Next() => (_dice.Next() & ~(7 * Eighth)) | _run * Eighth;

    public void Fill(byte[] buffer, int offset, int count) => _dice.Fill(buffer, offset, count);
}
