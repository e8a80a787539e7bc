import { Refusal } from '#lib/errors/refusal.ts';

/** The text of a form's field; empty where there is none, or a file. */
export function textIn(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

/** The password of a form that asks for it twice. Throws Refusal passwords_differ. */
export function newPasswordIn(form: FormData): string {
  const password = textIn(form, 'password');
  if (password !== textIn(form, 'again')) throw new Refusal('passwords_differ', {});
  return password;
}
