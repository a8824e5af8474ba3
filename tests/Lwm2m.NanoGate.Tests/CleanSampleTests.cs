namespace Lwm2m.NanoGate.Tests;

public class CleanSampleTests
{
    // All that the board's documentation promises to work, in one file.
    private const string Clean = """
        #nullable enable
        using System;
        using System.Collections;
        using System.Diagnostics;
        using System.Net;
        using System.Net.Sockets;
        using System.Text;
        using System.Threading;

        namespace Clean;

        public enum Colour : byte { Red, Green }

        public delegate void Changed(object sender, int value);

        public interface IPort { int Send(byte[] data, int offset, int count); int Mtu { get; } event Changed? Done; }

        public class MissingPortException : Exception
        {
            public MissingPortException(string message) : base(message) { }
        }

        [AttributeUsage(AttributeTargets.Class)]
        public sealed class MarkAttribute : Attribute { }

        [Flags]
        public enum Bits { None = 0, One = 1 }

        [Mark]
        public abstract class Base : IDisposable
        {
            protected Base(int size) { Buffer = new byte[size]; }
            public byte[] Buffer { get; }
            public int Count { get; init; }
            public virtual void Dispose() { }
            public abstract int Work(long now);
        }

        public static class Extensions { public static int Twice(this int value) => value * 2; }

        public sealed class Worker : Base, IPort
        {
            private static readonly byte[] Table = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 };
            private static readonly string[] Names = { "a", "b" };
            private readonly object _gate = new();
            private readonly int[][] _jagged = { new[] { 1 }, new[] { 2, 3 } };
            private readonly Hashtable _map = new();
            private string? _name;
            private double _value = 1.5;

            public Worker() : base(16) { }
            public event Changed? Done;
            public int Mtu => 1280;
            public int this[int i] => Table[i];

            private static int ByReference(in long now) => (int)now;
            public override int Work(long now) => ByReference(in now) + (int)(now & 0xFF) + Table[(int)(now & 15)].GetHashCode();

            public int Send(byte[] data, int offset, int count)
            {
                if (data == null)
                    throw new ArgumentNullException(nameof(data));
                Debug.Assert(count >= 0, "count");
                lock (_gate)
                {
                    Array.Copy(data, offset, Buffer, 0, count);
                    Done?.Invoke(this, count);
                }

                return count.Twice();
            }

            public string Describe(object o, Colour colour)
            {
                string text = o switch { int n and > 3 => $"big {n}", string { Length: > 2 } s => s, null => "nothing", _ => "other" };
                switch (text) { case "a": return "A"; case "b": return "B"; }
                string name = colour switch { Colour.Red => "red", Colour.Green => "green", _ => "?" };
                return text + " " + name + " " + (int)colour + ((Bits)3 & Bits.One) switch { Bits.One => "1", _ => "0" };
            }

            public int Lambdas()
            {
                int captured = 1;
                Changed handler = (sender, value) => captured += value;
                handler(this, Local(2));
                handler += delegate { captured++; };
                foreach (int[] row in _jagged)
                    foreach (int x in row)
                        captured += x;
                for (int i = 0; i < Names.Length; i++)
                    captured += Names[i].Length;
                return captured;
                int Local(int x) => x + captured;
            }

            public bool TryNumber(string text, out int value)
            {
                value = 0;
                try
                {
                    value = int.Parse(text);
                    return true;
                }
                catch (FormatException e) when (e.Message.Length > 0)
                {
                    return false;
                }
                finally
                {
                    _name ??= text;
                }
            }

            public long Raw() => BitConverter.DoubleToInt64Bits(_value) >> 3;

            public void Loop(Socket socket)
            {
                EndPoint from = new IPEndPoint(IPAddress.Any, 0);
                if (socket.Poll(1000, SelectMode.SelectRead) && socket.Available > 0)
                    Send(Buffer, 0, socket.ReceiveFrom(Buffer, ref from));
                long now = Environment.TickCount64;
                int utf8 = Encoding.UTF8.GetBytes("abc", 0, 3, Buffer, 0);
                new Thread(Run).Start();
                using WaitHolder holder = new();
                _map["x"] = utf8 + now;
                StringBuilder b = new();
                b.Append("x").Append((int)Colour.Red).Append('c');
                if (Math.Max(1, 2) > Math.Abs(-1) && b.ToString() is { Length: > 0 })
                    Thread.Sleep(unchecked((int)now));
            }

            private void Run() { }

            private sealed class WaitHolder : IDisposable { public void Dispose() { } }
        }
        """;

    [Test]
    public void Clean_sample_passes()
    {
        NanoAssembly assembly = Gate.CheckSource(Clean);

        Assert.That(assembly.Violations, Is.Empty);
        Assert.That(assembly.Size!.Total, Is.InRange(2_000, 12_000));
    }

    [Test]
    public void Assertions_vanish_in_a_release_build_as_on_the_board()
    {
        NanoAssembly with = Gate.CheckSource("public class C { public void M(int a) { System.Diagnostics.Debug.Assert(a > 0); } }");
        NanoAssembly without = Gate.CheckSource("public class C { public void M(int a) { } }");

        Assert.That(with.Violations, Is.Empty);
        Assert.That(with.Size!.Bytecode, Is.EqualTo(without.Size!.Bytecode));
    }
}
