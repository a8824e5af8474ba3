using Lwm2m.Client;

namespace Lwm2m.Samples.Objects;

/// <summary>Makes the authentication data that a server asks a <see cref="Portfolio"/> for.</summary>
/// <param name="portfolio">The object, which holds the identities.</param>
/// <param name="instance">The instance that is asked.</param>
/// <param name="arguments">What the server asks for; valid during the call only.</param>
/// <returns>The data, or null when there is none.</returns>
public delegate byte[]? AuthenticationService(Portfolio portfolio, int instance, ExecuteArguments arguments);
