"""A client that another project's generator made of the description sends a report, follows it and adds words to it.

Arguments: the folder of the generated package, and the address of a demonstration.
"""

import importlib
import io
import json
import pathlib
import sys

folder, base = pathlib.Path(sys.argv[1]), sys.argv[2]
sys.path.insert(0, str(folder.parent))
client = importlib.import_module(folder.name)
api = f"{folder.name}.api.default"
list_services, get_service, upload_file, send_report, follow_report, add_message = (
    importlib.import_module(f"{api}.{name}")
    for name in ("list_services", "get_service", "upload_file", "send_report", "follow_report", "add_message")
)
models = importlib.import_module(f"{folder.name}.models")

SAMPLE = pathlib.Path(__file__).parent.parent / "services/fly-tipping/samples/shortest.json"
# One black pixel.
GIF = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b")
WORDS = "There is a second mattress now."


def need(true, words):
    if not true:
        sys.exit(f"the generated client: {words}")


anyone = client.Client(base_url=base)
services = list_services.sync(client=anyone).services
need("fly-tipping" in [service.id for service in services], "fly-tipping is not listed")
questions = get_service.sync("fly-tipping", client=anyone).questions
need([question for question in questions if question.id == "where"], "the place is not asked")
picture = importlib.import_module(f"{folder.name}.types").File(payload=io.BytesIO(GIF))
upload = upload_file.sync(client=anyone, body=picture, file_name="mattress.gif")
need(isinstance(upload, models.Upload) and upload.size == len(GIF), f"not uploaded: {upload}")
answers = json.loads(SAMPLE.read_text())["answers"]
body = models.NewReport.from_dict({"service": "fly-tipping", "answers": answers, "files": [upload.id]})
receipt = send_report.sync(client=anyone, body=body, idempotency_key="the-key-of-a-generated-client")
need(isinstance(receipt, models.Receipt), f"not sent: {receipt}")
again = send_report.sync(client=anyone, body=body, idempotency_key="the-key-of-a-generated-client")
need(again.reference == receipt.reference, "the same key made a second report")

reporter = client.AuthenticatedClient(base_url=base, token=receipt.token)
report = follow_report.sync(receipt.reference, client=reporter)
need(isinstance(report, models.Report), f"not followed: {report}")
added = add_message.sync(receipt.reference, client=reporter, body=models.NewMessage.from_dict({"words": WORDS}))
need(isinstance(added, models.Message), f"no words added: {added}")
events = follow_report.sync(receipt.reference, client=reporter).events
need(WORDS in json.dumps([event.to_dict() for event in events]), "the words are not in the thread")
print(f"proof: a client made by openapi-python-client uploaded a photo, sent a report with it, followed it and added words: {len(events)} events")
