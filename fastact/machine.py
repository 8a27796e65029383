"""What this computer is, in words that a bug report and a table of speeds both need."""

import os
import platform
from pathlib import Path


def processor():
    """The processor's own name, as far as the system tells it."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            for line in lines:
                if line.startswith("model name"):
                    return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def caches():
    """Sizes of the data caches of the first processor, for example {"L1d": "48K", "L2": "1280K", "L3": "54M"}."""
    found = {}
    for index in sorted(Path("/sys/devices/system/cpu/cpu0/cache").glob("index*")):
        try:
            level, kind, size = ((index / name).read_text().strip() for name in ("level", "type", "size"))
        except OSError:
            continue
        if kind != "Instruction":
            kibibytes = int(size.rstrip("K")) if size.endswith("K") else 0
            found[f"L{level}{'d' if kind == 'Data' else ''}"] = f"{kibibytes // 1024}M" if kibibytes >= 4096 else size
    return found


def usable_processors():
    """How many processors this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def description():
    """All of it, as strings and numbers."""
    return {
        "processor": processor(),
        "processors": usable_processors(),
        "caches": caches(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
    }
