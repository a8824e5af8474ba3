using System;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Lwm2m.Benchmarks;

/// <summary>
/// The floor: one thread, a connected socket, blocking Receive and Send, canned answers. It registers like a client at the
/// port that is given, and then copies message id and token of each request into a ready-made 2.05. Nothing is parsed that
/// can be left unparsed, so whatever a real client costs above this is the client.
/// </summary>
internal static class UdpLoop
{
    private const byte Get = 1;
    private const byte Post = 2;

    public static int Run(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Connect(IPAddress.Loopback, port);
        byte[] register = Register();
        socket.Send(register);
        var received = new byte[1500];
        var answer = new byte[64];
        byte[] content = Encoding.ASCII.GetBytes("Open Mobile Alliance");
        while (true)
        {
            int count;
            try
            {
                count = socket.Receive(received);
            }
            catch (SocketException)
            {
                // The other end is gone: the measurement is over.
                return 0;
            }

            int length = Answer(received, count, answer, content);
            if (length > 0)
                socket.Send(answer, 0, length, SocketFlags.None);
        }
    }

    private static int Answer(byte[] request, int count, byte[] answer, byte[] content)
    {
        if (count < 4 || request[1] == 0 || request[1] > 31)
            return 0;
        int tokenLength = request[0] & 15;
        answer[0] = (byte)(0x60 | tokenLength);
        answer[1] = request[1] == Get ? (byte)0x45 : (byte)0x44;
        answer[2] = request[2];
        answer[3] = request[3];
        Array.Copy(request, 4, answer, 4, tokenLength);
        int length = 4 + tokenLength;
        if (request[1] != Get)
            return length;
        answer[length++] = 0xC0;
        answer[length++] = 0xFF;
        Array.Copy(content, 0, answer, length, content.Length);
        return length + content.Length;
    }

    // CON POST /rd?ep=loop&lt=300&lwm2m=1.1, </1/0>,</3/0>
    private static byte[] Register()
    {
        var message = new System.IO.MemoryStream();
        message.Write(new byte[] { 0x42, Post, 0, 1, 7, 7 });
        Option(message, 11, "rd");
        message.Write(new byte[] { 0x11, 40 });
        Option(message, 3, "ep=loop");
        Option(message, 0, "lt=300");
        Option(message, 0, "lwm2m=1.1");
        message.WriteByte(0xFF);
        message.Write(Encoding.ASCII.GetBytes("</1/0>,</3/0>"));
        return message.ToArray();
    }

    private static void Option(System.IO.MemoryStream message, int delta, string value)
    {
        message.WriteByte((byte)(delta << 4 | value.Length));
        message.Write(Encoding.ASCII.GetBytes(value));
    }
}
