import 'server-only'
import { defineScript } from '../redis/redis'

/*
 * What a run has in Redis. `head` is a hash: owner (who may write), seq (the last event), merged (the last event that has
 * moved to the list), end, cancel. `tail` is a stream of what came since, each entry under the id <last seq>-0. `merged`
 * is a list of what came before, neighbouring deltas joined. `lease` exists while the owner lives.
 * Scripts run one at a time, so each is one step (docs/protocol.md § 3).
 */

/** What a script answers instead of a position. */
export const refusal = { unknown: -1, notOwner: -2 } as const

const requireOwner = `
local head = redis.call('HMGET', KEYS[1], 'owner', 'seq', 'end', 'cancel')
if not head[1] then return {${refusal.unknown}} end
if head[1] ~= ARGV[1] or head[3] then return {${refusal.notOwner}} end
`

/**
 * Keys head, tail, merged, lease. Args owner, lease in ms, time kept in ms. Answers 1, or 0 when somebody else has begun
 * it. Without a head, what else there is of the run is a leftover that Redis has not evicted yet.
 */
export const openScript = defineScript(`
if redis.call('EXISTS', KEYS[1]) == 1 then
  return redis.call('HGET', KEYS[1], 'owner') == ARGV[1] and 1 or 0
end
redis.call('DEL', KEYS[2], KEYS[3])
redis.call('HSET', KEYS[1], 'owner', ARGV[1], 'seq', 0, 'merged', 0)
redis.call('PEXPIRE', KEYS[1], ARGV[3])
redis.call('SET', KEYS[4], ARGV[1], 'PX', ARGV[2])
return 1
`)

/** Keys as above. Args owner, lease in ms. Answers 1, 0 while its writer lives, 2 behind its end, -1 without a log. */
export const takeOverScript = defineScript(`
if redis.call('EXISTS', KEYS[1]) == 0 then return -1 end
if redis.call('HEXISTS', KEYS[1], 'end') == 1 then return 2 end
if redis.call('EXISTS', KEYS[4]) == 1 then
  return redis.call('GET', KEYS[4]) == ARGV[1] and 1 or 0
end
redis.call('HSET', KEYS[1], 'owner', ARGV[1])
redis.call('HDEL', KEYS[1], 'cancel')
redis.call('SET', KEYS[4], ARGV[1], 'PX', ARGV[2])
return 1
`)

/**
 * Keys as above. Args owner, channel, entries, first and last seq of them, end or nothing, time kept in
 * ms. Answers {seq, cancelled}: where the log is now. Entries that do not follow it are not written, so that sending
 * twice is harmless and what Redis has lost is sent again.
 */
export const appendScript = defineScript(`${requireOwner}
local seq = tonumber(head[2])
local cancelled = head[4] and 1 or 0
if tonumber(ARGV[4]) ~= seq + 1 then return {seq, cancelled} end
redis.call('XADD', KEYS[2], ARGV[5] .. '-0', 'e', ARGV[3])
if seq == 0 then redis.call('PEXPIRE', KEYS[2], ARGV[7]) end
redis.call('HSET', KEYS[1], 'seq', ARGV[5])
if ARGV[6] ~= '' then
  redis.call('HSET', KEYS[1], 'end', ARGV[6])
  for index = 1, 3 do redis.call('PEXPIRE', KEYS[index], ARGV[7]) end
  redis.call('DEL', KEYS[4])
end
redis.call('PUBLISH', ARGV[2], ARGV[3])
return {tonumber(ARGV[5]), cancelled}
`)

/** Keys as above. Args owner, last seq, entries, time kept in ms. Moves what is written from tail to merged. */
export const mergeScript = defineScript(`${requireOwner}
redis.call('RPUSH', KEYS[3], ARGV[3])
redis.call('PEXPIRE', KEYS[3], ARGV[4])
redis.call('HSET', KEYS[1], 'merged', ARGV[2])
redis.call('XTRIM', KEYS[2], 'MINID', tostring(tonumber(ARGV[2]) + 1))
return {tonumber(head[2])}
`)

/** Keys as above. Args owner, lease in ms, time kept in ms. Answers {seq, cancelled}. */
export const renewScript = defineScript(`${requireOwner}
redis.call('SET', KEYS[4], ARGV[1], 'PX', ARGV[2])
for index = 1, 3 do redis.call('PEXPIRE', KEYS[index], ARGV[3]) end
return {tonumber(head[2]), head[4] and 1 or 0}
`)

/** Keys as above. Args owner. From here on the run may be taken over. */
export const releaseScript = defineScript(`
if redis.call('GET', KEYS[4]) == ARGV[1] then redis.call('DEL', KEYS[4]) end
return 1
`)

/** Keys as above. Args the last position that the log has, and the next one it will have. */
export const markLostScript = defineScript(`
redis.call('HSET', KEYS[1], 'lostAfter', ARGV[1], 'lostBefore', ARGV[2])
return 1
`)

/** Keys as above. Args after. Answers nothing, or {seq, end or '', alive, merged, entries …}. */
export const readScript = defineScript(`
local head = redis.call('HMGET', KEYS[1], 'seq', 'merged', 'end')
if not head[1] then return false end
local after = tonumber(ARGV[1])
local merged = tonumber(head[2])
local answer = {tonumber(head[1]), head[3] or '', redis.call('EXISTS', KEYS[4]), merged}
if after < merged then
  for _, entries in ipairs(redis.call('LRANGE', KEYS[3], 0, -1)) do answer[#answer + 1] = entries end
  after = merged
end
for _, entry in ipairs(redis.call('XRANGE', KEYS[2], '(' .. after .. '-0', '+')) do
  answer[#answer + 1] = entry[2][2]
end
return answer
`)

/** Keys as above. Answers nothing, or {seq, end or '', the two positions of `markLostScript` or 0}. */
export const headScript = defineScript(`
local head = redis.call('HMGET', KEYS[1], 'seq', 'end', 'lostAfter', 'lostBefore')
return head[1] and {tonumber(head[1]), head[2] or '', tonumber(head[3] or 0), tonumber(head[4] or 0)}
`)

/** Keys as above. Args channel, run id. Other processes delete their copies. */
export const forgetScript = defineScript(`
redis.call('DEL', KEYS[1], KEYS[2], KEYS[3], KEYS[4])
redis.call('PUBLISH', ARGV[1], ARGV[2])
return 1
`)

/** Keys as above. Args channel, run id. Answers 1, or 0 when there is nothing to cancel. */
export const cancelScript = defineScript(`
if redis.call('EXISTS', KEYS[1]) == 0 or redis.call('HEXISTS', KEYS[1], 'end') == 1 then return 0 end
redis.call('HSET', KEYS[1], 'cancel', 1)
redis.call('PUBLISH', ARGV[1], ARGV[2])
return 1
`)
