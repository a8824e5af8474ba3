using System;
using Lwm2m.Coap;

namespace Lwm2m.Transport;

/// <summary>
/// Numbers from the firmware's generator: the hardware's on ESP32, while other targets may seed it poorly. Not safe for
/// several threads.
/// </summary>
public sealed class PlatformRandom : IRandom
{
    private const int PoolBytes = 16;

    private readonly Random _random = new Random();
    private readonly byte[] _pool = new byte[PoolBytes];
    private int _used = PoolBytes;

    /// <inheritdoc/>
    public int Next()
    {
        if (_used > PoolBytes - 4)
            Refill();
        byte[] pool = _pool;
        int at = _used;
        _used = at + 4;
        return pool[at] | pool[at + 1] << 8 | pool[at + 2] << 16 | pool[at + 3] << 24;
    }

    /// <inheritdoc/>
    public void Fill(byte[] buffer, int offset, int count)
    {
        while (count > 0)
        {
            if (_used == PoolBytes)
                Refill();
            int part = PoolBytes - _used;
            if (part > count)
                part = count;
            Array.Copy(_pool, _used, buffer, offset, part);
            _used += part;
            offset += part;
            count -= part;
        }
    }

    private void Refill()
    {
        _random.NextBytes(_pool);
        _used = 0;
    }
}
