using System;
using Spectre.Console;

namespace Lwm2m.Samples.Streetlight;

/// <summary>A street lamp at night, in pixels of two characters.</summary>
internal static class LampPicture
{
    /// <summary>Pixels across.</summary>
    public const int Width = 15;

    /// <summary>Pixels down.</summary>
    public const int Height = 13;

    private const int Pole = 2;
    private const int HeadLeft = 7;
    private const int HeadRight = 10;
    private const int BulbRow = 2;
    private const int GroundRow = Height - 1;

    private static readonly Color Metal = new(95, 95, 100);

    /// <summary>Draws it.</summary>
    /// <param name="light">Light that comes out at this moment, 0 to 1.</param>
    /// <param name="lamp">Gives the colour.</param>
    public static Canvas Draw(double light, LampState lamp)
    {
        var canvas = new Canvas(Width, Height) { Scale = false };
        for (int y = 0; y < Height; y++)
            for (int x = 0; x < Width; x++)
                canvas.SetPixel(x, y, ColourAt(x, y, light, lamp));
        return canvas;
    }

    private static Color ColourAt(int x, int y, double light, LampState lamp)
    {
        bool isArm = y == 0 && x >= Pole && x <= HeadLeft;
        bool isHead = y == 1 && x >= HeadLeft && x <= HeadRight;
        bool isPole = x == Pole && y < GroundRow;
        if (isArm || isHead || isPole)
            return Metal;
        (int red, int green, int blue) = lamp.Rgb;
        double share = ShareOfLight(x, y) * light;
        // The night sky is not quite black, and the ground a little brighter.
        int dark = y == GroundRow ? 30 : y == BulbRow && IsBulb(x) ? 45 : 12;
        return new Color(Mix(dark, red, share), Mix(dark, green, share), Mix(dark + 6, blue, share));
    }

    private static bool IsBulb(int x) => x >= HeadLeft && x <= HeadRight;

    // All of it in the bulb; below, a cone that widens and fades.
    private static double ShareOfLight(int x, int y)
    {
        if (y < BulbRow)
            return 0;
        if (y == BulbRow)
            return IsBulb(x) ? 1 : 0;
        double middle = (HeadLeft + HeadRight) / 2.0;
        double halfWidth = 1.5 + (y - BulbRow) * 0.42;
        double aside = Math.Abs(x - middle) / halfWidth;
        if (aside > 1)
            return 0;
        double fade = y == GroundRow ? 0.75 : 0.6 * (1 - (y - BulbRow) / (double)Height);
        return fade * (1 - aside * aside * 0.5);
    }

    private static byte Mix(int dark, int bright, double share) => (byte)Math.Clamp(dark + (bright - dark) * share, 0, 255);
}
