using Lwm2m.Client;

namespace Lwm2m.Cellular;

/// <summary>Lists of texts in multiple resources.</summary>
internal static class TextList
{
    /// <summary>Puts texts into the resource instances from 0 on; those beyond the list vanish, and without a text the resource is empty.</summary>
    public static void Set(StoredObject into, int instance, int resource, string[] texts)
    {
        if (texts.Length == 0)
        {
            into.SetEmpty(instance, resource);
            return;
        }

        for (int index = 0; index < texts.Length; index++)
            into.SetInstance(instance, resource, index, texts[index]);
        int beyond;
        while ((beyond = into.NextInstance(instance, resource, texts.Length - 1)) >= 0)
            into.Remove(instance, resource, beyond);
    }
}
