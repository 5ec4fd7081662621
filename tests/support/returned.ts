/** A report of non-delivery (RFC 3464) about some recipients, as a mail server sends it to a return path. */
export const report = (
  to: string,
  recipients: readonly { action: string; status: string }[],
  words = 'This is the mail system.',
): string => `Return-Path: <>
Delivered-To: ${to}
From: MAILER-DAEMON@mx.example
To: ${to}
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="x"

--x
Content-Type: text/plain; charset=us-ascii

${words}

--x
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example
Arrival-Date: Mon, 23 Nov 2026 09:00:00 +0000

${recipients
  .map(
    ({ action, status }) => `Final-Recipient: rfc822; somebody.else@example.org
Action: ${action}
Status: ${status}
Diagnostic-Code: smtp; 550 5.7.1 whatever
 folded over two lines
`,
  )
  .join('\n')}
--x
Content-Type: text/rfc822-headers

Subject: Neues im Herbst

--x--
`
