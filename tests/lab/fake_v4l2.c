/* A V4L2 camera that is not there: preloaded into a probe, it answers for the path in FAKE_V4L2.
 *
 * FAKE_V4L2_FAULT says what goes wrong: `busy` (another program holds it), `gone:N` (unplugged after N frames),
 * `stall:N` (sends nothing more after N frames), nothing else: it goes on at 30 frames a second, 1280x720 YUYV.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/videodev2.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/timerfd.h>
#include <unistd.h>

enum { WIDTH = 1280, HEIGHT = 720, BYTES = WIDTH * HEIGHT * 2, MOST = 8 };

static int device = -1, memory = -1, sent, next_queued, next_filled, queue[MOST + 1], last_frame = -1;
static int busy, gone;
static unsigned char *pictures;

static int is_ours(const char *path) {
    const char *wanted = getenv("FAKE_V4L2");
    return wanted && strcmp(path, wanted) == 0;
}

static void paint(unsigned char *at, int number) {
    uint32_t dice = number * 2654435761u + 1;
    for (int row = 0; row < HEIGHT; row++)
        for (int column = 0; column < WIDTH; column++) {
            dice = dice * 1664525u + 1013904223u;
            int wall = ((row / 40) * 7 + (column / 40) * 13) % 5 * 20 + 80;
            int box = column > number * 17 % (WIDTH - 60) && column < number * 17 % (WIDTH - 60) + 60 && row < 60;
            at[(row * WIDTH + column) * 2] = (box ? 200 : wall) + (dice >> 30);
            at[(row * WIDTH + column) * 2 + 1] = 128;
        }
}

static int open_device(void) {
    const char *fault = getenv("FAKE_V4L2_FAULT");
    busy = fault && strcmp(fault, "busy") == 0;
    gone = fault && strncmp(fault, "gone:", 5) == 0;
    last_frame = fault && strchr(fault, ':') ? atoi(strchr(fault, ':') + 1) : -1;
    memory = memfd_create("fake_v4l2", 0);
    if (ftruncate(memory, (off_t)BYTES * MOST)) return -1;
    pictures = mmap(NULL, (size_t)BYTES * MOST, PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0);
    device = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
    sent = next_queued = next_filled = 0;
    return device;
}

#define OPENS(name)                                                     \
    int name(const char *path, int flags, ...) {                        \
        va_list more;                                                   \
        va_start(more, flags);                                          \
        int mode = va_arg(more, int);                                   \
        va_end(more);                                                   \
        if (is_ours(path)) return open_device();                        \
        int (*real)(const char *, int, ...) = dlsym(RTLD_NEXT, #name);  \
        return real(path, flags, mode);                                 \
    }
OPENS(open)
OPENS(open64)

#define MAPS(name, offset_type)                                                                            \
    void *name(void *at, size_t length, int rights, int flags, int fd, offset_type offset) {               \
        void *(*real)(void *, size_t, int, int, int, offset_type) = dlsym(RTLD_NEXT, #name);               \
        return real(at, length, rights, flags, fd >= 0 && fd == device ? memory : fd, offset);             \
    }
MAPS(mmap, off_t)
MAPS(mmap64, off64_t)

static int dequeue(struct v4l2_buffer *buffer) {
    uint64_t due;
    if (gone && sent >= last_frame) return errno = ENODEV, -1;
    if (!gone && last_frame >= 0 && sent >= last_frame) return errno = EAGAIN, -1;
    if (next_filled == next_queued || read(device, &due, sizeof due) < 0) return errno = EAGAIN, -1;
    int index = queue[next_filled++ % (MOST + 1)];
    paint(pictures + (size_t)index * BYTES, sent++);
    if (!gone && last_frame >= 0 && sent >= last_frame) {
        struct itimerspec never = {{0, 0}, {0, 0}};
        timerfd_settime(device, 0, &never, NULL);
    }
    buffer->index = index;
    buffer->bytesused = buffer->length = BYTES;
    buffer->flags = 0;
    buffer->sequence = sent;
    return 0;
}

static int answer(unsigned long request, void *given) {
    struct v4l2_capability *capability = given;
    struct v4l2_format *format = given;
    struct v4l2_requestbuffers *wanted = given;
    struct v4l2_buffer *buffer = given;
    struct v4l2_streamparm *rate = given;
    struct itimerspec every = {{0, 33333333}, {0, 33333333}};
    switch (request) {
    case VIDIOC_QUERYCAP:
        memset(capability, 0, sizeof *capability);
        strcpy((char *)capability->driver, "fake");
        strcpy((char *)capability->card, "Fake camera");
        capability->capabilities = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING | V4L2_CAP_DEVICE_CAPS;
        capability->device_caps = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;
        return 0;
    case VIDIOC_S_FMT:
        if (busy) return errno = EBUSY, -1;
        /* fall through */
    case VIDIOC_G_FMT:
    case VIDIOC_TRY_FMT:
        format->fmt.pix = (struct v4l2_pix_format){.width = WIDTH, .height = HEIGHT, .field = V4L2_FIELD_NONE,
            .pixelformat = V4L2_PIX_FMT_YUYV, .bytesperline = WIDTH * 2, .sizeimage = BYTES};
        return 0;
    case VIDIOC_G_PARM:
    case VIDIOC_S_PARM:
        rate->parm.capture.capability = V4L2_CAP_TIMEPERFRAME;
        rate->parm.capture.timeperframe.numerator = 1;
        rate->parm.capture.timeperframe.denominator = 30;
        return 0;
    case VIDIOC_REQBUFS:
        if (busy) return errno = EBUSY, -1;
        if (wanted->count > MOST) wanted->count = MOST;
        return 0;
    case VIDIOC_QUERYBUF:
        buffer->length = BYTES;
        buffer->m.offset = buffer->index * BYTES;
        return 0;
    case VIDIOC_QBUF:
        queue[next_queued++ % (MOST + 1)] = buffer->index;
        return 0;
    case VIDIOC_STREAMON:
        return busy ? (errno = EBUSY, -1) : timerfd_settime(device, 0, &every, NULL);
    case VIDIOC_STREAMOFF:
        return 0;
    case VIDIOC_DQBUF:
        return dequeue(buffer);
    default:
        return errno = ENOTTY, -1;
    }
}

int ioctl(int fd, unsigned long request, ...) {
    va_list more;
    va_start(more, request);
    void *given = va_arg(more, void *);
    va_end(more);
    if (fd >= 0 && fd == device) return answer(request, given);
    int (*real)(int, unsigned long, ...) = dlsym(RTLD_NEXT, "ioctl");
    return real(fd, request, given);
}
