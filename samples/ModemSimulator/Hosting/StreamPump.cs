using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>Carries bytes between a modem and a stream.</summary>
internal static class StreamPump
{
    /// <summary>Until the stream ends or it is stopped.</summary>
    public static async Task RunAsync(SimulatedModem modem, Stream host, IDisposable owner, CancellationToken stop)
    {
        using IDisposable closing = owner;
        var outgoing = new BytePipe();
        void OnOutput(ReadOnlyMemory<byte> data) => outgoing.Write(data.Span);
        modem.Output += OnOutput;
        Task writing = WriteAsync(outgoing, host, stop);
        try
        {
            byte[] buffer = new byte[4096];
            while (await host.ReadAsync(buffer, stop).ConfigureAwait(false) is > 0 and { } count)
                modem.Receive(buffer.AsSpan(0, count));
        }
        catch (Exception end) when (end is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The host went away.
        }
        finally
        {
            modem.Output -= OnOutput;
            outgoing.Close();
        }
        await writing.ConfigureAwait(false);
    }

    private static async Task WriteAsync(BytePipe outgoing, Stream host, CancellationToken stop)
    {
        try
        {
            byte[] buffer = new byte[4096];
            while (await outgoing.ReadAsync(buffer, stop).ConfigureAwait(false) is > 0 and { } count)
            {
                await host.WriteAsync(buffer.AsMemory(0, count), stop).ConfigureAwait(false);
                await host.FlushAsync(stop).ConfigureAwait(false);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The host went away.
        }
    }
}
