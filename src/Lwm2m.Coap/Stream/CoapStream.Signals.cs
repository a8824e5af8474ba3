using System;
using System.Text;

namespace Lwm2m.Coap;

// Signalling (RFC 8323 5). Option numbers mean something else with each of its codes.
public sealed partial class CoapStream
{
    private const int SignalClass = 7;
    private const int MaxMessageSize = 2;
    private const int BlockWiseTransfer = 4;
    private const int HoldOff = 4;
    private const int NoBadOption = -1;

    // Option 2 without a value, behind nothing: Custody.
    private const int EmptyOptionTwo = 0x20;

    // A signal that the output could not take yet; its length, 0 when there is none.
    private int _unsent;
    private int _pings;
    private int _number;

    private void ReceiveSignal(int code, long nowMs)
    {
        if (code == CoapCode.Abort)
        {
            Fail(CoapStreamFailure.Aborted, nowMs);
            return;
        }

        // RFC 8323 5.1: codes to come are passed over.
        if (code < CoapCode.Csm || code > CoapCode.Abort) return;
        if (!IsWellFormed())
        {
            Abort("Message format error", NoBadOption, nowMs);
            return;
        }

        byte[] buffer = _buffer;
        int position = DatagramHeader + (_first & 15);
        int holdOff = 0;
        bool custody = false;
        int value;
        _number = 0;
        while ((value = CoapOptionReader.Next(buffer, position, _position, ref _number, out int length)) >= 0)
        {
            position = value + length;
            int number = _number;
            if (code == CoapCode.Csm && (number == MaxMessageSize || number == BlockWiseTransfer))
            {
                if (TakeSetting(number, value, length)) continue;
                Abort("Bad CSM option", number, nowMs);
                return;
            }

            if (CoapOption.IsCritical(number))
            {
                Abort("Unknown critical option", code == CoapCode.Csm ? number : NoBadOption, nowMs);
                return;
            }

            if (code == CoapCode.Release && number == HoldOff && length <= 3) holdOff = (int)Uint(value, length);
            if (code == CoapCode.Ping && number == 2) custody = true;
        }

        if (code == CoapCode.Csm)
        {
            HasPeerSettings = true;
            _handler.OnSettings(nowMs);
        }
        else if (code == CoapCode.Ping)
        {
            SendPong(custody);
        }
        else if (code == CoapCode.Release)
        {
            _handler.OnRelease(holdOff, nowMs);
        }
    }

    /// <summary>Values are cumulative: what a later CSM leaves out stays (RFC 8323 5.3).</summary>
    private bool TakeSetting(int number, int value, int length)
    {
        if (number == BlockWiseTransfer)
        {
            PeerTakesBlocks = true;
            return length == 0;
        }

        if (length > 4) return false;
        long size = Uint(value, length);
        // From there on a frame has a header of two bytes more than the datagram.
        if (size >= FourByteBase + DatagramHeader) size -= 2;
        PeerMaxMessageBytes = size > int.MaxValue ? int.MaxValue : (int)size;
        return true;
    }

    private long Uint(int offset, int length)
    {
        long value = 0;
        for (int i = 0; i < length; i++) value = (value << 8) | _buffer[offset + i];
        return value;
    }

    private void SendSettings()
    {
        BeginSignal(CoapCode.Csm);
        byte[] signal = _signal;
        int position = UintOption(MaxMessageSize, MaxMessageBytes);
        signal[position++] = (BlockWiseTransfer - MaxMessageSize) << 4;
        EndSignal(position);
    }

    private void SendPing()
    {
        if (!BeginSignal(CoapCode.Ping)) return;
        _signal[0] |= 1;
        _signal[DatagramHeader] = (byte)++_pings;
        EndSignal(DatagramHeader + 1);
    }

    /// <summary>
    /// The token is repeated; so is Custody (RFC 8323 5.4.1): messages are handled in the order in which they came, so those before the Ping
    /// are in our hands.
    /// </summary>
    private void SendPong(bool custody)
    {
        if (!BeginSignal(CoapCode.Pong)) return;
        int position = CopyToken();
        if (custody) _signal[position++] = EmptyOptionTwo;
        EndSignal(position);
    }

    private void RefuseSize()
    {
        if (BeginSignal(CoapCode.RequestEntityTooLarge)) EndSignal(CopyToken());
    }

    private int CopyToken()
    {
        int length = _first & 15;
        _signal[0] |= (byte)length;
        Array.Copy(_buffer, DatagramHeader, _signal, DatagramHeader, length);
        return DatagramHeader + length;
    }

    /// <summary>Tells the peer why, and gives the connection up.</summary>
    private void Abort(string diagnostic, int badOption, long nowMs)
    {
        if (BeginSignal(CoapCode.Abort))
        {
            byte[] signal = _signal;
            int position = badOption == NoBadOption ? DatagramHeader : UintOption(2, badOption);
            signal[position++] = CoapMessage.PayloadMarker;
            EndSignal(position + Encoding.UTF8.GetBytes(diagnostic, 0, diagnostic.Length, signal, position));
        }

        Fail(CoapStreamFailure.ProtocolError, nowMs);
    }

    /// <summary>Writes the first option of a signal without a token; its number is under 13. Returns the place behind it.</summary>
    private int UintOption(int number, int value)
    {
        byte[] signal = _signal;
        int position = DatagramHeader + 1;
        for (int shift = 24; shift >= 0; shift -= 8)
        {
            byte part = (byte)(value >> shift);
            if (part == 0 && position == DatagramHeader + 1) continue;
            signal[position++] = part;
        }

        signal[DatagramHeader] = (byte)((number << 4) | (position - DatagramHeader - 1));
        return position;
    }

    /// <summary>False when the signal before it still waits: then this one is left out. The peer asks again for a Pong, and so do we.</summary>
    private bool BeginSignal(int code)
    {
        if (!Flush()) return false;
        byte[] signal = _signal;
        signal[0] = 0x40 | ((int)CoapType.NonConfirmable << 4);
        signal[1] = (byte)code;
        signal[2] = 0;
        signal[3] = 0;
        return true;
    }

    private bool EndSignal(int length)
    {
        _unsent = length;
        return Flush();
    }

    private bool Flush()
    {
        if (_unsent == 0) return true;
        if (!WriteFrame(_signal, 0, _unsent)) return false;
        _unsent = 0;
        return true;
    }
}
