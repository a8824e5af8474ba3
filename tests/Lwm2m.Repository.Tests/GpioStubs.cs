namespace Lwm2m.Repository.Tests;

/// <summary>
/// Signatures of what hardware/RaspberryPi uses of System.Device.Gpio, Iot.Device.Bindings and UnitsNet: the packages cannot be
/// restored everywhere.
/// </summary>
internal static class GpioStubs
{
    public const string Source = """
        namespace System.Device.Gpio
        {
            public enum PinMode { Input, Output }

            public readonly struct PinValue
            {
                public static PinValue High => default;
                public static PinValue Low => default;
            }

            public class GpioPin
            {
            }

            public class GpioController : IDisposable
            {
                public GpioPin OpenPin(int pinNumber, PinMode mode) => throw null!;
                public virtual void Write(int pinNumber, PinValue value) => throw null!;
                public void Dispose() => throw null!;
            }
        }

        namespace System.Device.I2c
        {
            public sealed class I2cConnectionSettings
            {
                public I2cConnectionSettings(int busId, int deviceAddress) => throw null!;
            }

            public abstract class I2cDevice : IDisposable
            {
                public static I2cDevice Create(I2cConnectionSettings settings) => throw null!;
                public void Dispose() => throw null!;
            }
        }

        namespace UnitsNet
        {
            public readonly struct Temperature
            {
                public double DegreesCelsius => throw null!;
            }
        }

        namespace Iot.Device.Bmxx80.ReadResult
        {
            public class Bme280ReadResult
            {
                public UnitsNet.Temperature? Temperature => throw null!;
            }
        }

        namespace Iot.Device.Bmxx80
        {
            public class Bme280 : System.IDisposable
            {
                public const byte DefaultI2cAddress = 0x77;
                public const byte SecondaryI2cAddress = 0x76;
                public Bme280(System.Device.I2c.I2cDevice i2cDevice) => throw null!;
                public ReadResult.Bme280ReadResult Read() => throw null!;
                public void Dispose() => throw null!;
            }
        }
        """;
}
