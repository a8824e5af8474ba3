using System;
using System.Collections.Generic;
using System.Linq;
using Lwm2m.Formats;

namespace Lwm2m.Client.Tests.Bootstrap;

/// <summary>
/// A UICC in memory with a PKCS#15 application: files by path, logical channels, status words, and the ways in which cards differ.
/// </summary>
public sealed class FakeCard : ISmartcard
{
    private readonly Dictionary<string, byte[]> _files = new();
    private byte[]? _selected;
    private byte[] _pending = Array.Empty<byte>();

    /// <summary>Every command that came, in hex.</summary>
    public readonly List<string> Commands = new();

    public bool IsPresent = true;

    public bool IsBusy;

    /// <summary>The application cannot be selected by its id, only by the path in EF(DIR).</summary>
    public bool OnlyByDirectory;

    /// <summary>Answers to a SELECT are to be fetched (61xx).</summary>
    public bool SaysMore;

    /// <summary>Lengths beyond the end of a file are refused with the right one (6Cxx).</summary>
    public bool SaysLength;

    public int OpenChannels;

    public FakeCard(byte[]? bootstrap = null, string dodf = "", string odf = "A706300404026430")
    {
        _files["7FFF5031"] = Pad(Convert.FromHexString(odf));
        _files["7FFF6430"] = Pad(Convert.FromHexString(dodf));
        _files["2F00"] = Convert.FromHexString("61154F0CA000000063504B43532D3135" + "51047F501510");
        if (bootstrap != null)
            _files["7FFF6432"] = bootstrap;
    }

    /// <summary>A DODF entry that names the file 6432, with the nested OID of some cards and with flags.</summary>
    public static string Dodf(bool nested = false, byte? flags = null)
    {
        string common = flags == null ? "3000" : $"30040302{4:X2}{flags:X2}";
        string oid = nested ? "06060604672B0901" : "0604672B0901";
        string value = Wrap("30", oid + "300404026432");
        return Wrap("A1", common + "3000" + Wrap("A1", value));
    }

    public void Set(string path, byte[] contents) => _files[path] = contents;

    public int Transmit(byte[] command, int length, byte[] response)
    {
        if (!IsPresent)
            return 0;
        if (IsBusy)
            return -1;
        Commands.Add(Convert.ToHexString(command, 0, length));
        byte[] answer = Answer(command.AsSpan(0, length).ToArray());
        answer.CopyTo(response, 0);
        return answer.Length;
    }

    private byte[] Answer(byte[] c)
    {
        switch (c[1])
        {
            case 0x70 when c[2] == 0:
                OpenChannels++;
                return new byte[] { 1, 0x90, 0 };
            case 0x70:
                OpenChannels--;
                return Status(0x9000);
            case 0xA4 when c[2] == 4:
                bool known = !OnlyByDirectory && _files.Count > 0;
                return known ? Selected(Array.Empty<byte>()) : Status(0x6A82);
            case 0xA4:
                string path = Convert.ToHexString(c, 5, c[4]);
                if (path == "7F501510")
                    return Selected(Array.Empty<byte>());
                return _files.TryGetValue(path, out byte[]? file) ? Selected(file) : Status(0x6A82);
            case 0xB0:
                return ReadBinary(c[2] << 8 | c[3], c[4]);
            case 0xB2:
                return c[2] == 1 ? _files["2F00"].Concat(Status(0x9000)).ToArray() : Status(0x6A83);
            case 0xC0:
                return _pending.Concat(Status(0x9000)).ToArray();
            default:
                return Status(0x6D00);
        }
    }

    private byte[] Selected(byte[] file)
    {
        _selected = file;
        _pending = new byte[] { 0x62, 0 };
        return SaysMore ? Status(0x6102) : _pending.Concat(Status(0x9000)).ToArray();
    }

    private byte[] ReadBinary(int offset, int length)
    {
        if (_selected == null || offset >= _selected.Length)
            return Status(0x6B00);
        int rest = _selected.Length - offset;
        if (rest < length && SaysLength)
            return Status(0x6C00 | rest);
        byte[] part = _selected.Skip(offset).Take(length).ToArray();
        return part.Concat(Status(rest < length ? 0x6282 : 0x9000)).ToArray();
    }

    private static byte[] Status(int status) => new[] { (byte)(status >> 8), (byte)status };

    private static byte[] Pad(byte[] content) => content.Concat(Enumerable.Repeat((byte)0xFF, 20)).ToArray();

    private static string Wrap(string tag, string contents) => $"{tag}{contents.Length / 2:X2}{contents}";
}
