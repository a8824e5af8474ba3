using System;
using System.IO;
using System.Net.Security;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace Lwm2m.Transport;

// What goes out: one buffer is filled while the other is on its way.
internal sealed partial class TcpConnection
{
    private readonly object _outGate = new();
    private readonly AsyncSignal _toWrite = new();
    private byte[] _filling;
    private byte[] _flying;
    private int _filled;
    private bool _writerWaits;
    private bool _isRoomWanted;
    private bool _wasRefused;
    private bool _isRelieved;

    /// <summary>Whether <see cref="Write"/> takes so many bytes now; if not, the runner is woken when it may again.</summary>
    public bool HasRoom(int bytes)
    {
        lock (_outGate)
        {
            if (bytes <= _filling.Length - _filled || HasEnded)
                return true;
            _isRoomWanted = true;
            return false;
        }
    }

    /// <summary>Takes all bytes or none. When the socket takes them they are gone on return, and the buffer is free in any case.</summary>
    public bool Write(byte[] buffer, int offset, int count)
    {
        bool wake;
        lock (_outGate)
        {
            if (HasEnded || _isFinishing == 1)
                return false;
            if (count > _filling.Length - _filled)
            {
                _wasRefused = true;
                return false;
            }

            Buffer.BlockCopy(buffer, offset, _filling, _filled, count);
            _filled += count;
            wake = _writerWaits;
            _writerWaits = false;
        }

        if (wake)
            _toWrite.Set();
        return true;
    }

    /// <summary>True once after a <see cref="Write"/> was refused and there is room again.</summary>
    public bool TakeRelief()
    {
        lock (_outGate)
        {
            bool relieved = _isRelieved;
            _isRelieved = false;
            return relieved;
        }
    }

    private void WakeWriter()
    {
        bool wake;
        lock (_outGate)
        {
            wake = _writerWaits;
            _writerWaits = false;
        }

        if (wake)
            _toWrite.Set();
    }

    private async Task WriteAsync()
    {
        try
        {
            Stream stream = _stream!;
            while (true)
            {
                int count;
                bool waits = false;
                bool wake = false;
                lock (_outGate)
                {
                    count = _filled;
                    if (HasEnded || (count == 0 && _isFinishing == 1))
                        break;
                    if (count == 0)
                    {
                        waits = _writerWaits = true;
                    }
                    else
                    {
                        (_filling, _flying) = (_flying, _filling);
                        _filled = 0;
                        wake = _isRoomWanted || _wasRefused;
                        _isRelieved |= _wasRefused;
                        _isRoomWanted = _wasRefused = false;
                    }
                }

                if (waits)
                {
                    await _toWrite.WaitAsync().ConfigureAwait(false);
                    continue;
                }

                if (wake)
                    _settings.Wake();
                await stream.WriteAsync(_flying.AsMemory(0, count), _stop.Token).ConfigureAwait(false);
            }

            if (HasEnded)
                return;
            if (stream is SslStream secured)
                await secured.ShutdownAsync().ConfigureAwait(false);
            _socket!.Shutdown(SocketShutdown.Send);
        }
        catch (Exception problem) when (problem is IOException or SocketException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
        {
            // The reader sees the end of the connection too, and tells it.
            _stop.Cancel();
        }
    }
}
