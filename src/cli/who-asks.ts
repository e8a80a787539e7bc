import { userInfo } from 'node:os';

/** The account on this machine that gives the command. */
export function whoAsks(): string {
  return userInfo().username;
}
