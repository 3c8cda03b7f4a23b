using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GradGen.Tests.Kernels;

/// <summary>
/// A page of memory with one behind it that must not be touched: where the system is a Unix, reading or writing there
/// ends the process; elsewhere the page behind only holds a pattern.
/// </summary>
internal sealed unsafe partial class GuardedBuffer : IDisposable
{
    private const int Page = 65536;

    private readonly byte* _memory;
    private readonly bool _isMapped;

    public GuardedBuffer()
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS())
        {
            var mapped = Map(0, 2 * Page, 3, OperatingSystem.IsMacOS() ? 0x1002 : 0x22, -1, 0);
            Assert.NotEqual(-1, mapped);
            Assert.Equal(0, Protect(mapped + Page, Page, 0));
            _memory = (byte*)mapped;
            _isMapped = true;
        }
        else
        {
            _memory = (byte*)NativeMemory.AlignedAlloc(2 * Page, 4096);
        }
    }

    /// <summary>The entry from which there are so many up to the guard.</summary>
    public ref T LastEntries<T>(int count)
        where T : unmanaged =>
        ref Unsafe.AsRef<T>((T*)(_memory + Page) - count);

    public void Dispose()
    {
        if (_isMapped)
            Assert.Equal(0, Unmap((nint)_memory, 2 * Page));
        else
            NativeMemory.AlignedFree(_memory);
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(nint address, nint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(nint address, nint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint address, nint length);
}
