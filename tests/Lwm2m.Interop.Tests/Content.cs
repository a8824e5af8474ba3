using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using NUnit.Framework;

namespace Lwm2m.Interop.Tests;

/// <summary>Bodies and places that both ends of an interop test know.</summary>
internal static class Content
{
    /// <summary>No two places that are a power of two apart look alike; tests/interop-peers/coap-server.js makes the same.</summary>
    public static byte[] Pattern(int length)
    {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) bytes[i] = (byte)((i * 31) ^ ((i >> 4) * 7));
        return bytes;
    }

    public static string File(byte[] content)
    {
        string path = Path.Combine(TestContext.CurrentContext.WorkDirectory, Guid.NewGuid().ToString("N") + ".bin");
        System.IO.File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>A port that is free with the one behind it, for TCP.</summary>
    public static int FreePorts()
    {
        for (int port = Random.Shared.Next(20000, 30000); ; port += 2)
        {
            try
            {
                using TcpListener one = new(IPAddress.Loopback, port);
                using TcpListener next = new(IPAddress.Loopback, port + 1);
                one.Start();
                next.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken; there are others.
            }
        }
    }

    /// <summary>A port that was free a moment ago, for programs that cannot choose one themselves.</summary>
    public static int FreePort()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
