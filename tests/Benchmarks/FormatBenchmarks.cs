using System;
using BenchmarkDotNet.Attributes;
using Lwm2m.Formats;

namespace Lwm2m.Benchmarks;

/// <summary>Ten records of /3303/0..9/5700 written and read in each multi-value format. Goal for SenML CBOR: 150 and 350 ns.</summary>
[MemoryDiagnoser]
public class FormatBenchmarks
{
    private const int Records = 10;

    private readonly PayloadFormats _formats = new(new FormatLimits());
    private readonly byte[] _out = new byte[2048];
    private byte[] _in = Array.Empty<byte>();

    [Params(ContentFormat.Tlv, ContentFormat.SenmlCbor, ContentFormat.SenmlJson, ContentFormat.Lwm2mCbor, ContentFormat.OmaJson)]
    public int Format { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        int length = Encode();
        _in = _out.AsSpan(0, length).ToArray();
    }

    [Benchmark]
    public int Encode()
    {
        PayloadWriter writer = _formats.Writer(Format)!;
        writer.Begin(_out, 0, _out.Length, 3303, 0, -1, -1);
        writer.Instance(3303, 0);
        for (int record = 0; record < Records; record++)
        {
            writer.Resource(5600 + record);
            writer.Float(20.5 + record);
        }

        writer.End();
        return writer.Length;
    }

    [Benchmark]
    public double Decode()
    {
        PayloadReader reader = _formats.Reader(Format)!;
        reader.Begin(_in, 0, _in.Length, 3303, 0, -1, -1);
        double sum = 0;
        while (reader.Next() == FormatStatus.Ok)
        {
            reader.GetFloat(out double value);
            sum += value;
        }

        return sum;
    }
}
