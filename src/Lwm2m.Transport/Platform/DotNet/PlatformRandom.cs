using System;
using System.Buffers.Binary;
using System.Security.Cryptography;
using Lwm2m.Coap;

namespace Lwm2m.Transport;

/// <summary>
/// Unpredictable numbers from the system's generator, fetched in advance so that a token costs neither a system call nor
/// memory. Not safe for several threads: each engine has its own.
/// </summary>
public sealed class PlatformRandom : IRandom
{
    private const int PoolBytes = 512;

    private readonly byte[] _pool = new byte[PoolBytes];
    private int _used = PoolBytes;

    /// <inheritdoc/>
    public int Next()
    {
        if (_used > PoolBytes - sizeof(int))
            Refill();
        int value = BinaryPrimitives.ReadInt32LittleEndian(_pool.AsSpan(_used));
        _used += sizeof(int);
        return value;
    }

    /// <inheritdoc/>
    public void Fill(byte[] buffer, int offset, int count)
    {
        if (count > PoolBytes)
        {
            RandomNumberGenerator.Fill(buffer.AsSpan(offset, count));
            return;
        }
        if (count > PoolBytes - _used)
            Refill();
        Array.Copy(_pool, _used, buffer, offset, count);
        _used += count;
    }

    private void Refill()
    {
        RandomNumberGenerator.Fill(_pool);
        _used = 0;
    }
}
