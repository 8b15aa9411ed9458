const drainMs = 8000

/**
 * What is wrong with the services that a compose file describes, a line each.
 *
 * @param {Record<string, any>} compose The parsed file.
 */
export function problemsOfCompose({ services, volumes = {} }) {
  const { rivulet } = services
  const environment = rivulet.environment ?? {}
  return [
    ...Object.entries(services).flatMap(([name, service]) =>
      problemsOfService(name, service, volumes),
    ),
    msOf(rivulet.stop_grace_period ?? '10s') <= drainMs &&
      'rivulet is killed before its answers are saved.',
    !rivulet.volumes?.some((volume) => volume.endsWith(':/data')) &&
      'rivulet keeps no data folder.',
    ...['SESSION_SECRET', 'DATABASE_URL'].map(
      (name) =>
        !/\$\{\w+:\?/.test(environment[name] ?? '') &&
        `${name} would start without a secret of its own.`,
    ),
    !environment.REDIS_URL && 'REDIS_URL is not set.',
    ...Object.entries(environment).map(
      ([name, value]) =>
        /KEY|SECRET|PASSWORD/.test(name) &&
        !value.startsWith('${') &&
        `${name} stands in the file.`,
    ),
    ...['postgres', 'redis'].map(
      (name) =>
        rivulet.depends_on?.[name]?.condition !== 'service_healthy' &&
        `rivulet does not wait for ${name}.`,
    ),
  ].filter(Boolean)
}

function problemsOfService(name, service, volumes) {
  const open = (service.ports ?? []).filter((port) => !String(port).startsWith('127.0.0.1:'))
  const named = (service.volumes ?? []).map((volume) => volume.split(':')[0])
  return [
    !service.image && !service.build && `${name} has neither an image nor a build.`,
    service.image && !/:[\w.-]+$/.test(service.image) && `${name} has no version.`,
    service.restart !== 'unless-stopped' && `${name} stays down after a crash.`,
    // The image of the app brings its own.
    !service.build && !service.healthcheck && `${name} has no health check.`,
    ...open.map((port) => `${name} opens ${port} to the network.`),
    ...named
      .filter((volume) => !(volume in volumes))
      .map((volume) => `${name} uses ${volume}, which is no volume.`),
  ]
}

function msOf(duration) {
  const [, count, unit] = /^(\d+)(ms|s|m)$/.exec(duration) ?? []
  return Number(count) * { ms: 1, s: 1000, m: 60_000 }[unit]
}
