import { bigBlueButton } from './bigbluebutton.ts'
import { jitsi } from './jitsi.ts'
import type { MeetingService } from './provider.ts'
import type { Provider, Settings } from './settings.ts'
import { teams } from './teams.ts'

const made: Record<Provider, (settings: Settings) => MeetingService> = { teams, bigbluebutton: bigBlueButton, jitsi }

export const serviceOf = (provider: Provider, settings: Settings): MeetingService => made[provider](settings)
