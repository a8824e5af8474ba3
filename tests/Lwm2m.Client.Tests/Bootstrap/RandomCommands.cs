using Lwm2m.Client.Tests.Engine;

namespace Lwm2m.Client.Tests.Bootstrap;

/// <summary>Commands of a bootstrap server gone wild, sensible ones among them.</summary>
public static class RandomCommands
{
    private static readonly int[] Objects = { 0, 0, 1, 1, 2, 3, 21, 3311, 3311, 9999 };
    private static readonly int[] Resources = { 0, 1, 2, 5, 6, 7, 10, 11, 13, 17, 5850, 5901, 5902, 12345 };
    private static readonly string[] Texts = { "1", "0", "600", "U", "coap://127.0.0.4", "true", "-1", "21:0", "nonsense", "" };

    public static string Next(SeededRandom random)
    {
        int objectId = Objects[random.Next() % Objects.Length];
        int instance = random.Next() % 6;
        int resource = Resources[random.Next() % Resources.Length];
        string text = Texts[random.Next() % Texts.Length];
        switch (random.Next() % 12)
        {
            case 0:
                return Provisioning.Security(instance, random.Next() % 5);
            case 1:
                return Provisioning.Server(instance, random.Next() % 5);
            case 2:
            case 3:
            case 4:
                return $"CON PUT /{objectId}/{instance}/{resource} cf=0 \"{text}\"";
            case 5:
                return $"CON PUT /{objectId}/{instance} cf=11542 hex:C1{resource & 0xFF:X2}{random.Next() & 0xFF:X2}";
            case 6:
                return $"CON PUT /{objectId} cf=110 \"[{{\"n\":\"/{objectId}/{instance}/{resource}\",\"v\":{random.Next() % 300}}},{{\"n\":\"/{objectId}/0/1\",\"vb\":true}}]\"";
            case 7:
                return $"CON DELETE /{objectId}/{instance}";
            case 8:
                return $"CON DELETE /{objectId}";
            case 9:
                return "CON DELETE /";
            case 10:
                return random.Next() % 4 == 0 ? "CON POST /bs" : $"CON GET /{objectId} accept=40";
            default:
                return $"CON PUT /{objectId}/{instance} cf={(random.Next() % 2 == 0 ? 11544 : 112)} hex:{random.Next():X8}{random.Next():X8}";
        }
    }
}
