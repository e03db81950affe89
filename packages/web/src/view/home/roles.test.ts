import { expect, test } from 'vitest'
import { ownRoleQuestion } from './roles.ts'

test('who gives up being an admin is asked first, and told what it takes to come back', () => {
  expect(ownRoleQuestion('lab', 'admin', 'reader')).toEqual({
    title: 'Give up your role of admin in lab?',
    text: 'You become a reader of it. Only admins of lab or of the server can make you an admin again.',
    action: 'Change my role',
  })
  expect(ownRoleQuestion('lab', 'admin', 'admin')).toBeUndefined()
  expect(ownRoleQuestion('lab', 'reader', 'admin')).toBeUndefined()
})
