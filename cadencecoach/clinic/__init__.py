"""Who needs attention: alerts, the caseload, what is due. Pure: a log, rows and a day in, values out."""
