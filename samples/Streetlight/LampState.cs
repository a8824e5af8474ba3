using System.Globalization;

namespace Lwm2m.Samples.Streetlight;

/// <summary>What one sees of the lamp.</summary>
/// <param name="On">Switched on, /3311/0/5850.</param>
/// <param name="DimmerPercent">Brightness while it is on, /3311/0/5851.</param>
/// <param name="Colour">Its colour as <c>#RRGGBB</c>, /3311/0/5706.</param>
internal sealed record LampState(bool On, int DimmerPercent, string Colour)
{
    /// <summary>What is used for a colour that is none.</summary>
    public const string White = "#FFFFFF";

    /// <summary>Light that comes out, 0 to 1.</summary>
    public double Brightness => On ? DimmerPercent / 100.0 : 0;

    /// <summary>The three parts of the colour, 0 to 255.</summary>
    public (int Red, int Green, int Blue) Rgb =>
        Colour.Length == 7 && Colour[0] == '#'
        && int.TryParse(Colour[1..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int rgb)
            ? (rgb >> 16, rgb >> 8 & 255, rgb & 255)
            : (255, 255, 255);

    public override string ToString() => On ? $"on, {DimmerPercent} %, {Colour}" : $"off ({DimmerPercent} %, {Colour})";
}
