"""`cadencecoach doctor`: what works on this machine, and what to do about what does not."""

import click

EXIT_DEVICE = 3


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="The findings as one JSON object.")
def doctor(*, as_json: bool) -> int:
    """Look at Bluetooth: the adapter, the service, the permission, and the sensors around.

    The exit status is 3 when something is not well.
    """
    # Imported here so that `--help` does not wait for them.
    import json  # noqa: PLC0415
    from dataclasses import asdict  # noqa: PLC0415

    from cadencecoach.app.sensing.checkup import bluetooth  # noqa: PLC0415

    findings = bluetooth()
    if as_json:
        click.echo(json.dumps({"findings": [asdict(one) for one in findings]}, indent=2))
    else:
        for one in findings:
            click.echo(f"{'ok   ' if one.is_well else 'CHECK'}  {one.about}: {one.text}")
            if one.todo:
                click.echo(f"       -> {one.todo}")
    return 0 if all(one.is_well for one in findings) else EXIT_DEVICE
