using System;
using System.Collections.Generic;
using Lwm2m.Coap;
using Lwm2m.Samples.ModemSimulator;

namespace Lwm2m.Cellular.Tests.Sms;

/// <summary>A server in this process behind the network's short message application: it registers devices, and keeps answers.</summary>
internal sealed class NearServer : IServerLink
{
    private readonly CoapMessage _message = new();
    private Action<byte[]> _toDevice = _ => { };

    public int Registrations { get; private set; }

    public int Updates { get; private set; }

    /// <summary>Responses of the device.</summary>
    public List<byte[]> Answers { get; } = [];

    public IServerLink Open(string device, Action<byte[]> received)
    {
        _toDevice = received;
        return this;
    }

    public void Send(byte[] datagram)
    {
        if (_message.Parse(datagram, 0, datagram.Length) != CoapParseStatus.Ok)
            throw new InvalidOperationException(Convert.ToHexString(datagram) + " is no CoAP message.");
        if (_message.Code != CoapCode.Post)
        {
            Answers.Add(datagram);
            return;
        }

        // Register is the only request of a device that says which version it speaks.
        bool isRegister = datagram.AsSpan().IndexOf("lwm2m="u8) > 0;
        if (isRegister)
            Registrations++;
        else
            Updates++;
        _toDevice(SmsPeer.Answer(datagram, isRegister ? CoapCode.Created : CoapCode.Changed, isRegister ? "8272640131" : ""));
    }

    public void Request(byte[] datagram) => _toDevice(datagram);

    public void Dispose()
    {
    }
}
