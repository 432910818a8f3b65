FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source

# Copies only the files that restore reads, so that its layer stays cached until a package changes.
COPY global.json Directory.Build.props Directory.Packages.props ./
COPY src/Directory.Build.props src/
COPY src/Thena.Accounts.Postgres/Thena.Accounts.Postgres.csproj src/Thena.Accounts.Postgres/packages.lock.json src/Thena.Accounts.Postgres/
COPY src/Thena.Accounts.Core/Thena.Accounts.Core.csproj src/Thena.Accounts.Core/packages.lock.json src/Thena.Accounts.Core/
COPY src/Thena.Accounts.Moving/Thena.Accounts.Moving.csproj src/Thena.Accounts.Moving/packages.lock.json src/Thena.Accounts.Moving/
COPY src/Thena.Accounts.EmbeddedPostgres/Thena.Accounts.EmbeddedPostgres.csproj src/Thena.Accounts.EmbeddedPostgres/packages.lock.json src/Thena.Accounts.EmbeddedPostgres/
COPY src/Thena.Accounts.Api/Thena.Accounts.Api.csproj src/Thena.Accounts.Api/packages.lock.json src/Thena.Accounts.Api/
# Compiled ahead of time (ReadyToRun), the server starts in half the time.
RUN dotnet restore src/Thena.Accounts.Api --locked-mode --use-current-runtime -p:PublishReadyToRun=true

COPY .editorconfig BannedSymbols.txt LICENSE THIRD-PARTY-NOTICES.txt ./
COPY src/ src/
COPY samples/Thena.Accounts.Samples.Companies/companies.csv samples/Thena.Accounts.Samples.Companies/
RUN dotnet publish src/Thena.Accounts.Api --no-restore --use-current-runtime -p:PublishReadyToRun=true --configuration Release --output /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
# A release adds the version, the commit and the source: .github/workflows/release.yml.
LABEL org.opencontainers.image.title="Thena.Accounts" \
    org.opencontainers.image.description="A self-hosted server for the Thena Platform Accounts API" \
    org.opencontainers.image.licenses="MIT"
WORKDIR /app
COPY --from=build /app ./

# The server writes no files, so the diagnostics socket is off. Configuration files cannot change, so they are not watched.
# A shutdown waits 4 seconds for running requests, less than the time after which Docker kills the container.
ENV PATH=/app:$PATH \
    ASPNETCORE_HTTP_PORTS=8000 \
    DOTNET_EnableDiagnostics=0 \
    DOTNET_HOSTBUILDER__RELOADCONFIGONCHANGE=false \
    DOTNET_SHUTDOWNTIMEOUTSECONDS=4
EXPOSE 8000
USER $APP_UID
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["thena-accounts", "health"]
ENTRYPOINT ["thena-accounts"]
