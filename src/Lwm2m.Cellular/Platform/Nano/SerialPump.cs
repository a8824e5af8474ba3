using System.IO.Ports;
using Lwm2m.Transport;

namespace Lwm2m.Cellular;

/// <summary>
/// Joins a modem to a serial port. The port's driver has buffers of its own, which are read and written without waiting, so there is
/// no thread for it.
/// </summary>
public sealed class SerialPump : IModemPort
{
    /// <summary>So many bytes go out at once: what a driver's buffer takes without keeping the caller.</summary>
    private const int MostBytes = 256;

    private readonly SerialPort _port;
    private int _offset;
    private int _count;
    private IWakeUp? _runner;

    /// <summary>Makes a pump; the port is opened when a runner is attached.</summary>
    /// <param name="port">The port with its speed, and a <see cref="SerialPort.ReadBufferSize"/> for the longest line as it comes: twice the largest message.</param>
    /// <param name="inputBytes">Bytes taken from the driver at once.</param>
    public SerialPump(SerialPort port, int inputBytes = 128)
    {
        _port = port;
        Input = new byte[inputBytes];
        _port.DataReceived += OnDataReceived;
    }

    /// <inheritdoc/>
    public bool IsOpen => _port.IsOpen;

    /// <inheritdoc/>
    public int Openings { get; private set; }

    /// <inheritdoc/>
    public byte[] Input { get; }

    /// <inheritdoc/>
    public int Write(byte[] buffer, int offset, int count)
    {
        if (!_port.IsOpen)
            return 0;
        if (count > MostBytes)
            count = MostBytes;
        _port.Write(buffer, offset, count);
        return count;
    }

    /// <inheritdoc/>
    public int Peek(out int offset)
    {
        if (_count == 0 && _port.IsOpen)
        {
            int waiting = _port.BytesToRead;
            _offset = 0;
            if (waiting > 0)
                _count = _port.Read(Input, 0, waiting < Input.Length ? waiting : Input.Length);
        }

        offset = _offset;
        return _count;
    }

    /// <inheritdoc/>
    public void Take(int count)
    {
        _offset += count;
        _count -= count;
    }

    /// <inheritdoc/>
    public void Attach(IWakeUp? runner)
    {
        _runner = runner;
        if (runner == null)
        {
            _port.Close();
            return;
        }

        if (_port.IsOpen)
            return;
        _port.Open();
        _count = 0;
        Openings++;
    }

    private void OnDataReceived(object sender, SerialDataReceivedEventArgs e) => _runner?.Wake();
}
