import { type ChatSettings, WEEKDAYS } from '@tillwright/core/contract'

type Hours = NonNullable<ChatSettings['officeHours']>

/** Whether people answer at an instant, by hours in the tenant's time zone; always where there are none. */
export function isOpen(hours: ChatSettings['officeHours'], timeZone: string, now: number): boolean {
  if (hours === null) return true
  const { day, minutes } = localTime(timeZone, now)
  return hours.some((span) => span.day === day && minutes >= minutesOf(span.from) && minutes < minutesOf(span.to))
}

/** The hours for people: `Monday 09:00–17:00, Tuesday 09:00–17:00`. */
export function hoursText(hours: Hours): string {
  return hours.map(({ day, from, to }) => `${day[0]!.toUpperCase()}${day.slice(1)} ${from}–${to}`).join(', ')
}

function localTime(timeZone: string, now: number): { day: (typeof WEEKDAYS)[number]; minutes: number } {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'long',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(now)
  const part = (type: string) => parts.find((one) => one.type === type)!.value
  const day = WEEKDAYS.find((name) => name === part('weekday').toLowerCase())!
  return { day, minutes: Number(part('hour')) * 60 + Number(part('minute')) }
}

function minutesOf(time: string): number {
  const [hours, minutes] = time.split(':')
  return Number(hours) * 60 + Number(minutes)
}
